import { text } from '../text';
import type { Problem } from './types';

// What the daemon refused, or why it could not be asked. `message` is a sentence for people.
export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: no answer
    readonly problem: Problem,
  ) {
    super(describe(problem));
    this.name = 'ApiError';
  }
}

// 'Title: detail', then one line for each field at fault.
export function describe(problem: Problem): string {
  const head = problem.detail && problem.detail !== problem.title ? problem.detail : problem.title;
  const more = (problem.errors ?? []).filter((error) => error.message !== head);
  const fields = more.map((error) => (error.pointer ? `${fieldName(error.pointer)}: ${error.message}` : error.message));
  return [head, ...fields].join('\n');
}

// '/tracks/0/patch/cutoff_hz' -> 'tracks 1, patch, cutoff hz': people count from one.
export function fieldName(pointer: string): string {
  const words = pointer.split('/').filter((part) => part !== '');
  const named = words.map((word) => (/^\d+$/.test(word) ? String(Number(word) + 1) : word.replace(/_/g, ' ')));
  return named.join(', ').replace(/, (\d+)/g, ' $1');
}

export function problemFrom(status: number, contentType: string, body: string): Problem {
  if (contentType.includes('json')) {
    try {
      const parsed = JSON.parse(body) as Partial<Problem>;
      if (typeof parsed.title === 'string') return { ...parsed, title: parsed.title };
    } catch {
      // Not JSON after all: the status line has to do.
    }
  }
  return { title: text.connection.answered(status), detail: body.slice(0, 200) || undefined, status };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
