export function exampleSession(title: string): unknown;
