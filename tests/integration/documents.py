"""The JSON forms of the idea document, filled in as its schemas and samples print them."""

DOODLE = {
    "patch": {
        "oscillator_1": {"wave_type": "sawtooth", "detune": 7.5},
        "filter": {"type": "lowpass", "cutoff_hz": 1200, "resonance": 0.4},
        "envelope_adsr": [10, 120, 0.7, 300],
        "mod_matrix": [{"source": "LFO 1", "destination": "Filter Cutoff", "depth": 0.5}],
    },
    "sequence": {
        "bpm": 120,
        "steps": [
            {"step": 0, "note": "C4", "velocity": 100, "gate_ms": 125},
            {"step": 4, "note": "F#3", "velocity": 90, "gate_ms": 250},
            {"step": 8, "note": "R", "velocity": 0, "gate_ms": 0},
            {"step": 12, "note": "Bb3", "velocity": 80, "gate_ms": 125},
        ],
    },
}

PHOTO = {
    "session_meta": {"estimated_bpm": 84, "key_scale": "E_Minor"},
    "tracks": {
        "lead_sequence": {
            "midi_notes": ["E3", "G3", "B3", "A3", "R", "B3", "E4", "R", "D3", "E3", "R", "G3", "F#3", "R", "B3", "R"],
            "velocity_profile": [100, 90, 110, 85, 0, 95, 120, 0, 80, 105, 0, 90, 85, 0, 115, 0],
        }
    },
}

PHOTO_WHOLE = {
    "session_meta": {"key_scale": "D_Minor_Pentatonic", "estimated_bpm": 90, "time_signature": "4/4"},
    "tracks": {
        "ambient_pad": {"osc_types": ["triangle", "sine"], "filter_cutoff_hz": 1800, "reverb_mix_percent": 45,
                        "chord_progression": ["Dm9", "Bbmaj7", "F3-A3-C4", "C"]},
        "lead_sequence": {"patch_type": "pluck", "step_count": 16,
                          "midi_notes": ["D4", "R", "F4", "G4"] * 4, "velocity_profile": [100, 0, 90, 95] * 4},
        "texture_modulator": {"noise_source_mix": 0.3, "lfo_target": "filter_cutoff", "lfo_rate_hz": 0.25},
    },
}

MPC = {
    "mpc_session_setup": {"bpm": 92, "scale_mode": "Natural_Minor", "root_note": "G"},
    "mpc_tracks": [
        {"track_id": 1, "track_type": "Drum_Program",
         "target_pads": [{"pad": "A01", "role": "Kick_Density_High", "quantize": "1/16"},
                         {"pad": "A05", "role": "Snare_Sharp_Texture", "quantize": "1/16"}],
         "step_sequence_16": [1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0]},
        {"track_id": 2, "track_type": "Plugin_TubeSynth",
         "q_link_macros": {"cc74_filter_cutoff": 45, "cc71_filter_resonance": 80, "cc20_osc_wave_mix": 110}},
    ],
}

MATRIX = {"midi_sequence": [{"step": step, "note": 40 + step, "velocity": 100, "active": True} if step % 3 else
                            {"step": step, "note": 0, "velocity": 0, "active": False} for step in range(16)]}

LFO = {"custom_lfo_shape": [0.0, 0.12, 0.45, 0.89, 0.91, 0.65, 0.32, -0.12, -0.54]}

ALL = {"doodle": DOODLE, "photo": PHOTO, "photo, whole": PHOTO_WHOLE, "mpc": MPC, "matrix": MATRIX, "lfo": LFO}
