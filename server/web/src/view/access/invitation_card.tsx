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

// Looks each second whether somebody came, or time is up.
function useCountdown({ invitation, onEnd }: Props): number {
  const [left, setLeft] = useState(() => secondsLeft(invitation.expires_at));
  useEffect(() => {
    const timer = setInterval(() => {
      setLeft(secondsLeft(invitation.expires_at));
      api.invitation(invitation.id).then(({ state, token }) => {
        if (state === 'open') return;
        clearInterval(timer);
        say(state === 'used' ? words.came(token?.name ?? words.someDevice) : words.expired, state === 'used' ? 'good' : 'bad');
        onEnd();
      }, () => undefined);
    }, 1000);
    return () => clearInterval(timer);
  }, [invitation.id]);
  return left;
}

// The code as a picture for the phone's camera, and in letters.
export function InvitationCard(props: Props) {
  const { invitation, onEnd } = props;
  const left = useCountdown(props);
  const withdraw = () => void api.withdraw(invitation.id).then(onEnd, complain);
  const near = invitation.reachable === false;
  return (
    <div class="invitation" role="group" aria-label={words.add}>
      {near ? <p class="bad">{words.unreachable}</p> : invitation.qr && <img class="qr" src={invitation.qr} alt={words.qr} width="220" height="220" />}
      <div class="invitation-words">
        {!near && <p>{words.scan}</p>}
        <output class="pair-code">{invitation.code}</output>
        {!near && invitation.url && <p class="quiet invitation-url">{invitation.url}</p>}
        <p class="quiet">{words.left(left)}</p>
        <button type="button" class="plain" onClick={withdraw}>{words.withdraw}</button>
      </div>
    </div>
  );
}
