// Uploads with progress. A phone walks out of the network in the middle of a picture: the same request is
// sent again under the same Idempotency-Key, so that the daemon makes one job of it.
import { text } from '../text';
import { ApiError, problemFrom } from './problem';
import { refused } from './refused';

export interface UploadOptions {
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
  attempts?: number;
}

export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Milliseconds before attempt `attempt` (2, 3, ...): 0.5 s, 1 s, 2 s, at most 8 s.
export const retryDelay = (attempt: number) => Math.min(8000, 500 * 2 ** (attempt - 2));

// Only what a second try can cure: no answer, or a box that is busy for now.
export const worthRetrying = (status: number) => status === 0 || status === 429 || status === 502 || status === 503;

export async function uploadForm<T>(url: string, form: FormData, options: UploadOptions): Promise<T> {
  const key = newKey();
  const attempts = options.attempts ?? 5;
  for (let attempt = 1; ; ++attempt) {
    try {
      return await send<T>(url, form, key, options);
    } catch (error) {
      const status = error instanceof ApiError ? error.status : -1;
      if (!worthRetrying(status) || attempt >= attempts || options.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryDelay(attempt + 1)));
    }
  }
}

function send<T>(url: string, form: FormData, key: string, options: UploadOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    const refuse = (title: string, status = 0) => reject(new ApiError(status, { title }));
    request.onerror = () => refuse(text.job.lost);
    request.onabort = () => refuse(text.job.cancelled, -1);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else {
        if (request.status === 401) refused.tell();
        const type = request.getResponseHeader('content-type') ?? '';
        reject(new ApiError(request.status, problemFrom(request.status, type, request.responseText)));
      }
    };
    options.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
