import { useEffect, useState } from 'preact/hooks';
import { dropPicture, picture, sending, takePicture } from '../../state/capture';
import { text } from '../../text';
import { Icon } from '../parts/icon';
import { PictureEditor } from './picture_editor';
import { IconButton } from '../parts/icon_button';

function Choose({ icon, label, camera }: { icon: 'camera' | 'image'; label: string; camera: boolean }) {
  return (
    <label class="choose">
      <Icon name={icon} />
      <span>{label}</span>
      <input type="file" accept="image/*,.heic,.heif,.avif" capture={camera ? 'environment' : undefined}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) takePicture(file);
          event.currentTarget.value = '';
        }} />
    </label>
  );
}

export function PicturePage() {
  const [shown, setShown] = useState(true);
  const chosen = picture.value;
  useEffect(() => setShown(true), [chosen]);
  if (!chosen) {
    return (
      <div class="pick">
        <p>{text.capture.photoHint}</p>
        <div class="pick-buttons">
          <Choose icon="camera" label={text.capture.take} camera={true} />
          <Choose icon="image" label={text.capture.choose} camera={false} />
        </div>
        <p class="quiet">{text.capture.dropHint}</p>
      </div>
    );
  }
  return (
    <div class="chosen">
      {shown
        ? <PictureEditor picture={chosen} onUnreadable={() => setShown(false)} />
        : <p class="no-preview"><Icon name="image" /><b>{chosen.name}</b>{text.capture.noPreview}</p>}
      {(sending.value.state === 'idle' || sending.value.state === 'failed') && (
        <IconButton icon="close" label={text.capture.again} kind="float" onPress={() => { dropPicture(); sending.value = { state: 'idle' }; }} />
      )}
    </div>
  );
}
