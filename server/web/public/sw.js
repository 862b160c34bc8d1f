// Keeps the page itself for when the box can't be reached, and takes pictures that are shared to it. Browsers run it in
// secure contexts only (https, or this machine); everything else works without it.
const kept = 'doodled-page';
const shared = 'doodled-shared';
const sharedPicture = '/shared-picture';
const mostKept = 32;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.add('/')).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// The page anew where the box answers, else as it was.
async function page(request) {
  const cache = await caches.open(kept);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put('/', fresh.clone());
    return fresh;
  } catch (error) {
    const old = await cache.match('/');
    if (old) return old;
    throw error;
  }
}

// Their names change with what is in them, so what is kept is never old. The oldest go when there are many.
async function asset(request) {
  const cache = await caches.open(kept);
  const old = await cache.match(request);
  if (old) return old;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  const keys = await cache.keys();
  await Promise.all(keys.slice(1, Math.max(1, keys.length - mostKept)).map((key) => cache.delete(key)));
  return fresh;
}

async function takeShared(request) {
  const picture = (await request.formData()).get('image');
  if (picture) {
    const cache = await caches.open(shared);
    await cache.put(sharedPicture, new Response(picture, { headers: { 'Content-Type': picture.type, 'X-Name': encodeURIComponent(picture.name) } }));
  }
  return Response.redirect('/#/shared', 303);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === 'POST' && pathname === '/share') event.respondWith(takeShared(request));
  else if (request.method !== 'GET') return;
  else if (request.mode === 'navigate' && pathname === '/') event.respondWith(page(request));
  else if (pathname.startsWith('/assets/') || /^\/(icon|manifest)/.test(pathname)) event.respondWith(asset(request));
});
