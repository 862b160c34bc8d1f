// Line icons on a grid of 24, drawn with the text's colour.
const paths = {
  draw: 'M4 20c1-4 2-5 4-7L17 4l3 3-9 9c-2 2-3 3-7 4M14 7l3 3',
  play: 'M7 4.5v15l12.5-7.5z',
  stop: 'M6.5 6.5h11v11h-11z',
  list: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  device: 'M4 7h16v10H4zM8 11v2M12 11v2M16 11v2M9 20h6',
  loop: 'M17 3l3.5 3.5L17 10M20 6.5H9a5 5 0 0 0-5 5M7 21l-3.5-3.5L7 14M4 17.5h11a5 5 0 0 0 5-5',
  ear: 'M4 14v-2a8 8 0 0 1 16 0v2M4 14h3.5v6H6a2 2 0 0 1-2-2zM20 14h-3.5v6H18a2 2 0 0 0 2-2z',
  panic: 'M12 3.5l9.5 17h-19zM12 10v5M12 17.6v.2',
  undo: 'M8 5L4 9l4 4M4 9h9a6 6 0 0 1 0 12h-3',
  redo: 'M16 5l4 4-4 4M20 9h-9a6 6 0 0 0 0 12h3',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  camera: 'M3 8h4l2-3h6l2 3h4v11H3zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7',
  image: 'M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 5M15.5 9.2v.1',
  star: 'M12 3.5l2.6 5.6 6 .7-4.4 4.2 1.1 6-5.3-3-5.3 3 1.1-6-4.4-4.2 6-.7z',
  more: 'M5 12v.1M12 12v.1M19 12v.1',
  close: 'M5 5l14 14M19 5L5 19',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5L21 21',
  save: 'M12 4v11M7.5 10.5L12 15l4.5-4.5M4 19.5h16',
  turn: 'M19 8a8 8 0 1 0 1 6M20 3v5h-5',
  line: 'M3 16c3-9 6-9 8-2s6 4 10-8',
  brush: 'M3 17c4-10 8-3 10-6s4-6 8-5',
  dots: 'M5 17v.1M10 12v.1M15 15v.1M20 7v.1',
  hatch: 'M3 14l6-8M6 18L15 6M11 18l9-12M16 18l5-7',
  arrow: 'M4 19L19 5M10 5h9v9',
  eraser: 'M8 20l-4.5-4.5a1.5 1.5 0 0 1 0-2L13 4l7 7-9 9zM8.5 8.5l7 7M8 20h12',
  keep: 'M6 4h12v16l-6-4.5L6 20z',
  lock: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11',
  unlock: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 6.8-1.2',
  dice: 'M4.5 4.5h15v15h-15zM8.6 8.6v.1M15.4 8.6v.1M12 12v.1M8.6 15.4v.1M15.4 15.4v.1',
  sliders: 'M5 4v7M5 15v5M12 4v3M12 11v9M19 4v9M19 17v3M3 13h4M10 9h4M17 15h4',
  settings: 'M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1',
  tag: 'M4 4h8l8 8-8 8-8-8zM8.5 8.5v.1',
  check: 'M4 12.5l5 5L20 6.5',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.6 1.6M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1.6-1.6',
} as const;

export type IconName = keyof typeof paths;
const filled = new Set<IconName>(['play', 'stop']);
const heavy = new Set<IconName>(['dots', 'more']);

export function Icon({ name, solid = false }: { name: IconName; solid?: boolean }) {
  return (
    <svg class={`icon${solid || filled.has(name) ? ' icon-solid' : ''}${heavy.has(name) ? ' icon-heavy' : ''}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
