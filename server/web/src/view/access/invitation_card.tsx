import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Invitation } from '../../api/types';
import { complain, say } from '../../state/notices';
import { text } from '../../text';

const words = text.access;
const secondsLeft = (until: string) => Math.max(0, Math.round((new Date(until).getTime() - Date.now()) / 1000));

interface Props {
  invitation: Invitation;
  onEnd: () => void;
}

function tellEnd({ state, token, claimant }: Invitation): void {
  if (state === 'used') say(words.came(token?.name ?? words.someDevice));
  else say(state === 'refused' ? words.keptOut(claimant?.name ?? words.someDevice) : words.expired, 'bad');
}

// Looks each second whether somebody came, or time is up.
function useInvitation({ invitation, onEnd }: Props): { left: number; now: Invitation } {
  const [left, setLeft] = useState(() => secondsLeft(invitation.expires_at));
  const [now, setNow] = useState(invitation);
  useEffect(() => {
    const timer = setInterval(() => {
      setLeft(secondsLeft(invitation.expires_at));
      api.invitation(invitation.id).then((seen) => {
        setNow(seen);
        if (['open', 'waiting', 'confirmed'].includes(seen.state)) return;
        clearInterval(timer);
        tellEnd(seen);
        onEnd();
      }, () => undefined);
    }, 1000);
    return () => clearInterval(timer);
  }, [invitation.id]);
  return { left, now };
}

// Its code was used: what counts now is the question that the page asks above all else.
function Claimed({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="invitation" role="group" aria-label={words.add}>
      <div class="invitation-words"><p>{words.claimed(name)}</p>{children}</div>
    </div>
  );
}

// The code as a picture for the phone's camera, and in letters.
export function InvitationCard(props: Props) {
  const { invitation, onEnd } = props;
  const { left, now } = useInvitation(props);
  const withdraw = () => void api.withdraw(invitation.id).then(onEnd, complain);
  const near = invitation.reachable === false;
  const takeBack = <button type="button" class="plain" onClick={withdraw}>{words.withdraw}</button>;
  if (now.state !== 'open') return <Claimed name={now.claimant?.name ?? words.someDevice}>{takeBack}</Claimed>;
  return (
    <div class="invitation" role="group" aria-label={words.add}>
      {near ? <p class="bad">{words.unreachable}</p> : invitation.qr && <img class="qr" src={invitation.qr} alt={words.qr} width="220" height="220" />}
      <div class="invitation-words">
        {!near && <p>{words.scan}</p>}
        <output class="pair-code">{invitation.code}</output>
        {!near && invitation.url && <p class="quiet invitation-url">{invitation.url}</p>}
        <p class="quiet">{words.left(left)}</p>
        {takeBack}
      </div>
    </div>
  );
}
