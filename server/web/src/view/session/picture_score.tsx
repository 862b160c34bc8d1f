import { imageUrl } from '../../api/client';
import type { SessionDocument } from '../../api/types';
import type { RollWindow } from '../../music/roll';
import { text } from '../../text';
import { RegionLayer } from './region_layer';

interface Props {
  document: SessionDocument;
  window: RollWindow;
}

// The picture is the score: what was read lies on it, and the playhead sweeps over it.
export function PictureScore({ imageId, document, window }: Props & { imageId: string | null }) {
  if (!imageId) return null;
  return (
    <figure class="picture" aria-label={text.session.picture}>
      <img src={imageUrl(imageId, 1024)} alt="" onLoad={(event) => shareAspect(event.currentTarget)} />
      <RegionLayer document={document} window={window} />
    </figure>
  );
}

// The roll below is as wide as the picture, so it must know its shape.
function shareAspect(image: HTMLImageElement): void {
  const score = image.closest<HTMLElement>('.score');
  if (image.naturalHeight > 0) score?.style.setProperty('--aspect', String(image.naturalWidth / image.naturalHeight));
}
