import { useRef } from 'preact/hooks';
import { clamp } from '../../music/parameters';

interface Props {
  label: string;
  value: number; // 0..1
  text: string; // the value in words
  onTurn?: (value: number, merge: boolean) => void; // without: only shown
  kind?: string;
}

const arc = (from: number, to: number) => {
  const at = (turn: number) => {
    const angle = (turn * 270 - 225) * (Math.PI / 180);
    return `${(24 + 18 * Math.cos(angle)).toFixed(2)} ${(24 + 18 * Math.sin(angle)).toFixed(2)}`;
  };
  return `M${at(from)}A18 18 0 ${(to - from) * 270 > 180 ? 1 : 0} 1 ${at(to)}`;
};

const keySteps: Record<string, number> = { ArrowUp: 0.02, ArrowRight: 0.02, ArrowDown: -0.02, ArrowLeft: -0.02, PageUp: 0.1, PageDown: -0.1 };

export function Knob({ label, value, text, onTurn, kind = '' }: Props) {
  const turning = useRef<{ y: number; from: number; moved: boolean } | null>(null);
  const down = (event: PointerEvent) => {
    if (!onTurn) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    turning.current = { y: event.clientY, from: value, moved: false };
  };
  const move = (event: PointerEvent) => {
    const grip = turning.current;
    if (!grip || !onTurn) return;
    onTurn(clamp(grip.from + (grip.y - event.clientY) / 160), grip.moved);
    grip.moved = true;
  };
  const key = (event: KeyboardEvent) => {
    const step = keySteps[event.key];
    const end = event.key === 'Home' ? 0 : event.key === 'End' ? 1 : null;
    if (!onTurn || (step === undefined && end === null)) return;
    event.preventDefault();
    onTurn(end ?? clamp(value + step!), true);
  };
  return (
    <div class={`knob ${kind}${onTurn ? '' : ' knob-shown'}`} role={onTurn ? 'slider' : 'img'} tabIndex={onTurn ? 0 : undefined}
      aria-label={onTurn ? label : `${label}: ${text}`} aria-valuenow={onTurn ? Math.round(value * 100) : undefined}
      aria-valuemin={onTurn ? 0 : undefined} aria-valuemax={onTurn ? 100 : undefined} aria-valuetext={onTurn ? text : undefined}
      onPointerDown={down} onPointerMove={move} onPointerUp={() => (turning.current = null)}
      onPointerCancel={() => (turning.current = null)} onKeyDown={key}>
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <path class="knob-track" d={arc(0, 1)} />
        {value > 0.005 && <path class="knob-value" d={arc(0, clamp(value))} />}
        <circle class="knob-cap" cx="24" cy="24" r="11.5" />
        <path class="knob-mark" d="M24 15.5V21" transform={`rotate(${clamp(value) * 270 - 135} 24 24)`} />
      </svg>
      <span class="knob-label">{label}</span>
      <span class="knob-text">{text}</span>
    </div>
  );
}
