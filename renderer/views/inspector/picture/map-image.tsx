// A map as pixels, stretched to the room it is given.
import { useLayoutEffect, useRef } from 'react'

interface MapImageProps {
  readonly image: ImageData
  readonly smooth: boolean
  readonly className?: string
}

export function MapImage({ image, smooth, className = '' }: MapImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const element = canvas.current
    if (element === null) return
    element.width = image.width
    element.height = image.height
    element.getContext('2d')?.putImageData(image, 0, 0)
  }, [image])
  return <canvas ref={canvas} className={`map-image ${smooth ? 'smooth' : ''} ${className}`} />
}
