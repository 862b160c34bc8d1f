import { dismiss, notices } from '../../state/notices';
import { text } from '../../text';
import { Icon } from './icon';

export function Notices() {
  return (
    <div class="notices" aria-live="polite">
      {notices.value.map((notice) => (
        <div key={notice.id} class={`notice notice-${notice.kind}`} role={notice.kind === 'bad' ? 'alert' : 'status'}>
          <p>{notice.message}</p>
          {notice.action && (
            <button type="button" class="notice-action" onClick={() => { notice.action!.run(); dismiss(notice.id); }}>
              {notice.action.label}
            </button>
          )}
          <button type="button" class="notice-close" aria-label={text.dismiss} onClick={() => dismiss(notice.id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
