import type { Session } from '../../api/types';
import { patch } from '../../state/session';
import { text } from '../../text';

const longest = 40;

export function TagRow({ session }: { session: Session }) {
  const tags = session.tags ?? [];
  const add = (field: HTMLInputElement) => {
    const tag = field.value.trim();
    field.value = '';
    if (tag !== '' && !tags.includes(tag)) void patch({ tags: [...tags, tag] });
  };
  return (
    <div class="tags" role="group" aria-label={text.session.tags}>
      {tags.map((tag) => (
        <button type="button" key={tag} class="tag" aria-label={text.session.removeTag(tag)} onClick={() => void patch({ tags: tags.filter((other) => other !== tag) })}>
          {tag}<span aria-hidden="true">×</span>
        </button>
      ))}
      <input class="tag-new" type="text" maxLength={longest} placeholder={text.session.addTag} aria-label={text.session.addTag}
        onChange={(event) => add(event.currentTarget)} />
    </div>
  );
}
