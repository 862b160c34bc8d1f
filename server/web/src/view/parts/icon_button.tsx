import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon';

interface Props {
  icon: IconName;
  label: string;
  onPress: () => void;
  pressed?: boolean; // a switch when given
  disabled?: boolean;
  solid?: boolean;
  kind?: string;
  children?: ComponentChildren;
}

export function IconButton({ icon, label, onPress, pressed, disabled, solid, kind = '', children }: Props) {
  return (
    <button type="button" class={`icon-button ${kind}`} aria-label={label} title={label} aria-pressed={pressed} disabled={disabled} onClick={onPress}>
      <Icon name={icon} solid={solid} />
      {children}
    </button>
  );
}
