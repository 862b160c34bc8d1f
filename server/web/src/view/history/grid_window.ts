// Which part of a long grid has to exist: rows in sight and a few around them. Pure.
export interface Grid {
  columns: number;
  rowHeight: number; // pixels, with the gap below
  rows: number;
}

export interface GridWindow {
  from: number; // index of the first item
  to: number; // behind the last
  before: number; // pixels of rows that are left out above
  height: number; // of the whole grid
}

export function gridOf(count: number, width: number, narrowest: number, gap: number, below: number): Grid {
  const columns = Math.max(1, Math.floor((width + gap) / (narrowest + gap)));
  const card = (width - gap * (columns - 1)) / columns;
  return { columns, rowHeight: Math.round(card * 0.8 + below) + gap, rows: Math.ceil(count / columns) };
}

// `top`: how far the grid's upper edge has been scrolled out of sight, below zero while it is in sight.
export function windowOf({ columns, rowHeight, rows }: Grid, top: number, viewport: number, around = 3): GridWindow {
  const first = Math.min(Math.max(0, Math.floor(top / rowHeight) - around), Math.max(0, rows - 1));
  const last = Math.max(first, Math.min(rows, Math.ceil((top + viewport) / rowHeight) + around));
  return { from: first * columns, to: last * columns, before: first * rowHeight, height: rows * rowHeight };
}
