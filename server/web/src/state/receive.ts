// What the box says, taken in. Positions come with the news of a play and run on by themselves in between.
import type { BusEvent, Play, PlayPosition } from '../api/types';
import { tickSeconds } from '../music/time';
import { applyEvent, box, position } from './box';

// One list for each question about the whole state that is not answered yet: what the box said meanwhile may be newer than
// its answer, and counts again on top of it.
export const asking = new Set<BusEvent[]>();

export function receive(event: BusEvent, now: number): void {
  for (const heard of asking) heard.push(event);
  if (event.type === 'play.position') {
    position.value = { ...(event.data as PlayPosition), heard: now };
    return;
  }
  if (event.topic === 'transport') settlePosition(now);
  box.value = applyEvent(box.value, event);
  if (event.topic === 'plays') placePlay(event.data as Play, now);
}

export function placePlay(play: Play, now: number): void {
  if (play.state === 'playing' && typeof play.tick === 'number') {
    position.value = { play_id: play.id, tick: play.tick, loop: play.loop ?? 0, heard: now };
  }
}

// Before the tempo changes: how far the old one has brought us.
export function settlePosition(now: number): void {
  const heard = position.value;
  const tempo = box.value.transport?.tempo_bpm;
  if (!heard || !tempo) return;
  position.value = { ...heard, tick: heard.tick + (now - heard.heard) / 1000 / tickSeconds(tempo), heard: now };
}
