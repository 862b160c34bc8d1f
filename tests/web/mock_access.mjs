// The stand-in's doors: who may come in, by a cookie. Who asks 127.0.0.1 is trusted; who asks localhost comes from elsewhere.
import { randomUUID } from 'node:crypto';

const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const newCode = () => Array.from({ length: 8 }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');
const shown = (code) => `${code.slice(0, 4)}-${code.slice(4)}`;
const asTyped = (code) => String(code ?? '').toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
const qr = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><path fill="#fff" d="M0 0h29v29H0z"/><path d="M4 4h7v7H4zM18 4h7v7h-7zM4 18h7v7H4zM13 5h2v6h-2zM14 14h4v4h-4zM20 20h5v5h-5zM12 21h3v4h-3z"/></svg>';

const pending = ['open', 'waiting', 'confirmed'];

export class MockAccess {
  changed = () => {}; // told at every change of who may come in
  tokens = [];
  invitations = new Map();
  #secrets = new Map(); // cookie -> id of a token

  clientOf(request) {
    const cookie = /doodled=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    const token = this.tokens.find(({ id }) => id === this.#secrets.get(cookie));
    if (token) return { id: token.id, kind: 'device', name: token.name, scope: token.scope };
    return request.headers.host.startsWith('localhost') ? { id: null, kind: 'stranger', name: '', scope: 'none' } : { id: null, kind: 'trusted', name: '', scope: 'admin' };
  }

  invite(scope = 'create', confirm = true) {
    const code = newCode();
    const invitation = { id: randomUUID(), code, scope, confirm, claimant: null, state: 'open', created_at: new Date().toISOString(), expires_at: new Date(Date.now() + 300_000).toISOString(), token: null };
    this.invitations.set(invitation.id, invitation);
    return invitation;
  }

  // [status, value, headers], or null when the call is none of ours.
  answer(request, path, body) {
    const client = this.clientOf(request);
    const open = path[0] === 'access' && request.method === 'GET' || ['pairing/claim', 'pairing/collect'].includes(path.join('/'));
    if (client.kind === 'stranger' && !open) return [401, refusal(401, 'pairing_required', 'this device is not paired yet')];
    switch (`${request.method} ${path[0]}`) {
      case 'GET access': return [200, { client, encrypted: false, box: 'studio' }];
      case 'DELETE access': return this.#remove(client.id);
      case 'POST pairing': return this.#pair(path, body, request);
      case 'GET pairing': return path[2] ? [200, qr, { 'Content-Type': 'image/svg+xml' }] : [200, path[1] ? told(this.invitations.get(path[1])) : this.#pending()];
      case 'DELETE pairing': this.invitations.delete(path[1]); return [204];
      case 'GET tokens': return [200, { items: this.tokens.map((token) => ({ ...token, current: token.id === client.id })) }];
      case 'POST tokens': return [201, { ...this.#add(body.name, 'tool', body.scope), secret: 'doodled_told_once' }];
      case 'PATCH tokens': return [200, Object.assign(this.tokens.find(({ id }) => id === path[1]), { name: body.name })];
      case 'DELETE tokens': return this.#remove(path[1]);
      default: return null;
    }
  }

  #pair(path, body, request) {
    switch (path[2] ?? path[1]) {
      case 'claim': return this.#claim(body);
      case 'collect': return this.#collect([...this.invitations.values()].find(({ ticket }) => ticket && ticket === body.ticket));
      case 'confirm': return this.#change(this.invitations.get(path[1]), { state: 'confirmed' });
      case 'refuse': return this.#change(this.invitations.get(path[1]), { state: 'refused' });
      default: return this.#invited(this.invite(body.scope), request.headers.host);
    }
  }

  #pending() {
    return { items: [...this.invitations.values()].filter(({ state }) => pending.includes(state)).map(told) };
  }

  #change(invitation, change) {
    Object.assign(invitation, change);
    this.changed();
    return [200, told(invitation)];
  }

  #add(name, kind, scope) {
    const token = { id: randomUUID(), name, kind, scope, created_at: new Date().toISOString(), last_used_at: null, last_address: null, current: false };
    this.tokens.push(token);
    return token;
  }

  #remove(id) {
    this.tokens = this.tokens.filter((token) => token.id !== id);
    return [204];
  }

  #invited({ code, ...invitation }, host) {
    return [201, { ...invitation, code: shown(code), url: `http://${host}/#pair=${code}`, reachable: true, qr: `/api/v1/pairing/${invitation.id}/qr.svg` }];
  }

  #claim({ code, name }) {
    const invitation = [...this.invitations.values()].find((one) => one.state === 'open' && one.code === asTyped(code));
    if (!invitation) return [403, refusal(403, 'wrong_code', 'the code is wrong, used, or too old', '/code')];
    this.#change(invitation, { state: invitation.confirm ? 'waiting' : 'confirmed', code: undefined, ticket: randomUUID(), claimant: { name, address: '192.168.1.23' } });
    return this.#collect(invitation);
  }

  #collect(invitation) {
    if (!invitation) return [404, refusal(404, 'unknown_ticket', 'this device waits no longer; it needs a new code')];
    if (invitation.state === 'refused') return [403, refusal(403, 'pairing_refused', 'who invited this device said no to it')];
    if (invitation.state === 'waiting') return [202, { ticket: invitation.ticket, ...invitation.claimant, expires_at: invitation.expires_at }];
    const token = this.#add(invitation.claimant.name, 'device', invitation.scope);
    const secret = randomUUID();
    this.#secrets.set(secret, token.id);
    this.#change(invitation, { state: 'used', token, ticket: undefined });
    return [201, { token }, { 'Set-Cookie': `doodled=${secret}; HttpOnly; SameSite=Strict; Path=/` }];
  }
}

const told = ({ code, ticket, ...invitation }) => invitation;

const refusal = (status, code, detail, pointer) => ({ title: 'Refused', status, code, detail, errors: pointer ? [{ pointer, message: detail }] : [] });
