// Faint guides under the ink. They help the hand and are not part of the picture that is sent.
export type Template = 'blank' | 'axes' | 'steps' | 'cells';
export const templates: Template[] = ['blank', 'axes', 'steps', 'cells'];

export interface Guide {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  strong: boolean;
}

const vertical = (x: number, strong: boolean): Guide => ({ x1: x, y1: 0, x2: x, y2: 1, strong });
const horizontal = (y: number, strong: boolean): Guide => ({ x1: 0, y1: y, x2: 1, y2: y, strong });

function grid(columns: number, rows: number, strongEvery: number): Guide[] {
  const inner = (count: number) => Array.from({ length: count - 1 }, (_, index) => index + 1);
  return [
    ...inner(columns).map((column) => vertical(column / columns, column % strongEvery === 0)),
    ...inner(rows).map((row) => horizontal(row / rows, row % strongEvery === 0)),
  ];
}

export function guidesOf(template: Template): Guide[] {
  switch (template) {
    case 'axes':
      return [vertical(0.06, true), horizontal(0.92, true), horizontal(0.5, false)];
    case 'steps':
      return grid(16, 8, 4);
    case 'cells':
      return grid(3, 3, 1);
    default:
      return [];
  }
}
