import { useEffect } from 'preact/hooks';
import type { Waiting } from '../../api/types';
import { waiting } from '../../state/access';
import { collect } from '../../state/claim';
import { text } from '../../text';
import { Icon } from '../parts/icon';

const words = text.access;

// The code was right; somebody has to say yes.
export function WaitingCard({ held, onRefusal }: { held: Waiting; onRefusal: (why: string) => void }) {
  useEffect(() => {
    const timer = setInterval(() => {
      void collect().then((why) => {
        if (why !== null) onRefusal(why);
      });
    }, 1000);
    return () => clearInterval(timer);
  }, [held.ticket]);
  return (
    <div class="pair-card" role="status">
      <Icon name="link" />
      <h1>{words.waits}</h1>
      <p>{words.waitsFor}</p>
      <p class="pair-as"><b>{held.name}</b> <span class="quiet">{held.address}</span></p>
      <button type="button" class="plain" onClick={() => (waiting.value = null)}>{words.notNow}</button>
    </div>
  );
}
