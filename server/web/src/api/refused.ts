// Called when the box does not know this device, or knows it no longer.
export const refused: { tell: () => void } = { tell: () => undefined };
