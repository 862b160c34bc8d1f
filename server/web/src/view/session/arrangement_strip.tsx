import { useRef } from 'preact/hooks';
import type { SessionDocument } from '../../api/types';
import { roleClass } from '../../music/roles';
import { sectionAt, type Timeline } from '../../music/timeline';
import { sectionIndex } from '../../state/session';
import { text } from '../../text';
import { usePlayhead } from '../parts/use_playhead';

interface Props {
  document: SessionDocument;
  timeline: Timeline;
}

// The whole piece in one line; a tap shows a section. While it plays the strip follows.
export function ArrangementStrip({ document, timeline }: Props) {
  const strip = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  usePlayhead((tick) => {
    if (!strip.current || !head.current) return;
    head.current.hidden = tick === null;
    if (tick === null) return;
    head.current.style.transform = `translateX(${(tick / timeline.length) * strip.current.clientWidth}px)`;
    const section = sectionAt(timeline, tick);
    if (section && section.index !== sectionIndex.peek()) sectionIndex.value = section.index;
  });
  if (timeline.sections.length < 2 && document.tracks.length < 2) return null;
  return (
    <div class="strip" ref={strip} role="group" aria-label={text.session.sections}>
      {timeline.sections.map((section) => (
        <button type="button" key={section.index} class="section" aria-pressed={section.index === sectionIndex.value}
          style={{ flexGrow: String(section.length) }} onClick={() => (sectionIndex.value = section.index)}
          aria-label={`${section.name}, ${text.session.bars(document.arrangement[section.index]!.bars)}`}>
          <b>{section.name}</b>
          <span class="section-parts">
            {document.arrangement[section.index]!.parts.map((part) => (
              <i key={part.track} class={roleClass(document.tracks.find((track) => track.id === part.track)?.role)} />
            ))}
          </span>
        </button>
      ))}
      <span class="playhead" ref={head} hidden />
    </div>
  );
}
