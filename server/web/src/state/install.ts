// As an app on the phone: the page without the network, and pictures that other apps share with it.
import { takePicture } from './capture';
import { go } from './route';

const shared = 'doodled-shared'; // as in public/sw.js
const sharedPicture = '/shared-picture';

export function install(): void {
  if (!isSecureContext || !('serviceWorker' in navigator) || import.meta.env.DEV) return;
  navigator.serviceWorker.register('./sw.js').catch(() => undefined); // without it everything else works
}

export async function takeSharedPicture(): Promise<void> {
  const cache = await caches.open(shared);
  const answer = await cache.match(sharedPicture);
  await cache.delete(sharedPicture);
  go({ view: 'capture' });
  if (!answer) return;
  const name = decodeURIComponent(answer.headers.get('X-Name') ?? 'picture');
  takePicture(new File([await answer.blob()], name, { type: answer.headers.get('Content-Type') ?? '' }));
}
