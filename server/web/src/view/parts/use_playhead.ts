// Calls back at every frame while something sounds, and once with null when it stops.
import { useEffect, useRef } from 'preact/hooks';
import { hearTick, hearing } from '../../state/hearing';
import { livePlay, nowPlaying, outTick } from '../../state/playing';
import { auditioned, liveId, session, timeline } from '../../state/session';

// Ticks into the session that is shown, or null when it is silent.
export function playheadTick(now: number): number | null {
  const length = timeline.value?.length ?? 0;
  const shown = session.value?.id;
  if (length === 0 || !shown) return null;
  if (hearing.value === shown) return hearTick();
  const out = nowPlaying.value;
  const ours = out?.session_id === shown || auditioned.value !== null || (shown === liveId && out?.id === livePlay.value);
  if (!out || !ours) return null;
  const tick = outTick(now);
  return tick === null || tick < 0 ? null : tick % length;
}

export function usePlayhead(callback: (tick: number | null) => void): void {
  const latest = useRef(callback);
  latest.current = callback;
  const sounding = hearing.value !== null || nowPlaying.value !== undefined;
  useEffect(() => {
    if (!sounding) {
      latest.current(null);
      return;
    }
    let frame = 0;
    const step = (now: number) => {
      latest.current(playheadTick(now));
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [sounding]);
}
