// What was seen on a page, in words. Pure.
import type { LiveReading } from '../api/types';
import { text } from '../text';

// 'a wave, 2 circles, 1 cable': the most frequent first.
export function wordsOf(reading: LiveReading): string {
  const counts = new Map<string, number>();
  for (const shape of reading.shapes) counts.set(shape.class, (counts.get(shape.class) ?? 0) + 1);
  const cables = reading.arrows.filter((arrow) => arrow.from >= 0 && arrow.to >= 0).length;
  const things = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => {
    const [one, many] = text.live.shapes[name] ?? [name, name];
    return count === 1 ? one : `${count} ${many}`;
  });
  if (reading.grid) things.unshift(text.live.grid(reading.grid.rows, reading.grid.columns));
  if (cables > 0) things.push(text.live.cables(cables));
  return things.join(', ');
}
