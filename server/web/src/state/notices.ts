// Short words to the user, shown over the page; a failure stays longer than a success.
import { signal } from '@preact/signals';
import { messageOf } from '../api/problem';

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

export const complain = (error: unknown): void => say(messageOf(error), 'bad');
