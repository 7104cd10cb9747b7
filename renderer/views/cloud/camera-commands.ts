// Commands that move the eye.
import type { CloudSceneApi } from '../../scene/cloud/cloud-scene-types.ts'
import { placesOf } from '../../state/cloud-points.ts'
import type { Command, CommandContext } from '../palette/command.ts'
import { motionMs } from './glide.ts'

type Step = Parameters<CloudSceneApi['nudge']>[0]

/** A twelfth of a turn at each press. */
const turn = 1 / 12
const move = 1 / 12
const zoom = 1 / 5

const isDrawn = ({ state, scene }: CommandContext): boolean =>
  scene !== null && state.workspace === 'cloud'

const step = (id: string, name: string, shortcut: string, by: Step): Command => ({
  id,
  name,
  shortcut,
  heard: 'canvas',
  enabled: isDrawn,
  run: ({ scene }) => scene?.nudge(by),
})

/** What the eye goes to: the selected photos, else the focused one. */
function wantedPlaces({ state }: CommandContext): Uint32Array {
  const ids = state.cloudData?.points.ids
  if (ids === undefined) return new Uint32Array()
  const { selection } = state
  return placesOf(ids, selection.ids.size > 0 ? selection.ids : [selection.focusId ?? 0])
}

export function resetView(scene: CloudSceneApi): void {
  const { target, position } = scene.view()
  const distance = Math.hypot(...position.map((value, axis) => value - (target[axis] ?? 0))) || 1
  const [x, y, z] = target
  scene.showView({ position: [x, y, z + distance], target, up: [0, 1, 0] }, 0)
  scene.fit(null, motionMs())
}

export const cameraCommands: readonly Command[] = [
  {
    id: 'fit',
    name: 'Fit all photos',
    shortcut: 'F',
    heard: 'canvas',
    enabled: isDrawn,
    run: ({ scene }) => scene?.fit(null, motionMs()),
  },
  {
    id: 'go-to-selection',
    name: 'Go to the selection',
    shortcut: 'G',
    heard: 'canvas',
    enabled: (context) => isDrawn(context) && wantedPlaces(context).length > 0,
    run: (context) => {
      const places = wantedPlaces(context)
      const [only] = places
      if (places.length === 1 && only !== undefined) context.scene?.approach(only, motionMs())
      else context.scene?.fit(places, motionMs())
    },
  },
  {
    id: 'reset-view',
    name: 'Reset the view',
    shortcut: '0',
    heard: 'canvas',
    enabled: isDrawn,
    run: ({ scene }) => scene && resetView(scene),
  },
  {
    id: 'pick-middle',
    name: 'Select the photo in the middle',
    shortcut: 'C',
    heard: 'canvas',
    enabled: isDrawn,
    run: (context) => {
      const id = middlePhoto(context)
      if (id !== null) context.state.pick(id, 'only')
    },
  },
  {
    id: 'save-view',
    name: 'Keep this view',
    shortcut: 'S',
    heard: 'canvas',
    enabled: isDrawn,
    run: ({ state, scene }) => {
      if (scene === null) return
      const name = freeName(state.savedViews.map((saved) => saved.name))
      state.saveView(name, scene.view())
      state.tell(`The view is kept as “${name}”.`)
    },
  },
  step('turn-left', 'Turn left', 'ArrowLeft', { turnX: -turn }),
  step('turn-right', 'Turn right', 'ArrowRight', { turnX: turn }),
  step('turn-up', 'Turn up', 'ArrowUp', { turnY: -turn }),
  step('turn-down', 'Turn down', 'ArrowDown', { turnY: turn }),
  step('move-left', 'Move left', 'Shift+ArrowLeft', { moveX: -move }),
  step('move-right', 'Move right', 'Shift+ArrowRight', { moveX: move }),
  step('move-up', 'Move up', 'Shift+ArrowUp', { moveY: move }),
  step('move-down', 'Move down', 'Shift+ArrowDown', { moveY: -move }),
  { ...step('zoom-in', 'Zoom in', '+', { zoom }), otherShortcut: '=' },
  step('zoom-out', 'Zoom out', '-', { zoom: -zoom }),
]

/** "View 1", or the first number that is free. */
export function freeName(taken: readonly string[]): string {
  let number = 1
  while (taken.includes(`View ${number}`)) number += 1
  return `View ${number}`
}

const middleRadiiPx = [8, 24, 60, 140, 300]

/** The photo that is drawn nearest to the canvas's middle; null when none is in sight. */
function middlePhoto({ state, scene, canvas }: CommandContext): number | null {
  const ids = state.cloudData?.points.ids
  if (scene === null || canvas === null || ids === undefined) return null
  const { xPx, yPx } = scene.middle()
  const picked = scene.pick(xPx, yPx)
  if (picked !== null) return ids[picked] ?? null
  for (const radiusPx of middleRadiiPx) {
    const box = Float32Array.of(
      xPx - radiusPx,
      yPx - radiusPx,
      xPx + radiusPx,
      yPx - radiusPx,
      xPx + radiusPx,
      yPx + radiusPx,
      xPx - radiusPx,
      yPx + radiusPx,
    )
    const [first] = scene.pointsInside(box)
    if (first !== undefined) return ids[first] ?? null
  }
  return null
}
