import { useEffect } from 'preact/hooks';
import type { Invitation } from '../../api/types';
import { answerTheDoor, atTheDoor, lookAtTheDoor } from '../../state/door';
import { text } from '../../text';
import { Icon } from '../parts/icon';

const words = text.access;

function Visitor({ invitation: { id, scope, claimant } }: { invitation: Invitation }) {
  const name = claimant?.name ?? words.someDevice;
  return (
    <div class="visitor" role="group" aria-label={words.knocks}>
      <Icon name="link" />
      <div class="visitor-words">
        <h2>{words.knocks}</h2>
        <p class="visitor-name">{words.named(name)}</p>
        <p class="quiet">{words.from(claimant?.address ?? '')} {words.scopes[scope].asked}</p>
      </div>
      <div class="visitor-answers">
        <button type="button" class="plain" onClick={() => void answerTheDoor(id, false)}>{words.keepOut}</button>
        <button type="button" class="primary" onClick={() => void answerTheDoor(id, true)}>{words.letIn}</button>
      </div>
    </div>
  );
}

// Over whatever is on the screen, without taking it away: somebody may be playing.
export function Doorbell() {
  const visitors = atTheDoor.value;
  const some = visitors.length > 0;
  // Nobody tells when a visitor's time is over.
  useEffect(() => {
    if (!some) return;
    const timer = setInterval(() => void lookAtTheDoor(), 2000);
    return () => clearInterval(timer);
  }, [some]);
  return <div class="doorbell" aria-live="assertive">{visitors.map((invitation) => <Visitor key={invitation.id} invitation={invitation} />)}</div>;
}
