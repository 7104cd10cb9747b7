// The latest picture of a dream; the one before stays until the new one is loaded.
import { Sparkles } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type Dream, dreamUrl } from '../../../../preload/contract/inspector.ts'
import { loadImage } from '../picture/draw-crop.ts'

interface DreamPictureProps {
  readonly dream: Dream | null
  readonly name: string
}

export function DreamPicture({ dream, name }: DreamPictureProps) {
  const url = dream === null || dream.picture === 0 ? null : dreamUrl(dream.id, dream.picture)
  const [shown, setShown] = useState<string | null>(null)
  useEffect(() => {
    if (url === null) return setShown(null)
    let newest = true
    loadImage(url).then(
      () => newest && setShown(url),
      // A later picture has taken its place already.
      () => {},
    )
    return () => {
      newest = false
    }
  }, [url])
  return (
    <div className="dream-picture" aria-busy={dream?.state === 'running'}>
      {shown === null ? (
        <Sparkles size={28} strokeWidth={1.2} aria-hidden="true" />
      ) : (
        <img className="shown" src={shown} alt={name} draggable={false} />
      )}
    </div>
  )
}
