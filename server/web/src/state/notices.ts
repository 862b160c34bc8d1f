// Short words to the user, shown over the page; a failure stays longer than a success.
import { signal } from '@preact/signals';
import { ApiError, messageOf } from '../api/problem';

export interface Notice {
  id: number;
  kind: 'good' | 'bad';
  message: string;
  action?: { label: string; run: () => void };
}

export const notices = signal<Notice[]>([]);
let last = 0;

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}

export function say(message: string, kind: Notice['kind'] = 'good', action?: Notice['action']): void {
  const id = ++last;
  notices.value = [...notices.value.slice(-2), { id, kind, message, action }];
  setTimeout(() => dismiss(id), kind === 'bad' ? 12000 : 5000);
}

// A device that is not let in is asked for a code; to say so beside it helps nobody.
export function complain(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 401)) say(messageOf(error), 'bad');
}
