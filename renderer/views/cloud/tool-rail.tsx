// Tools for the hand, moves of the eye, and what can be opened beside them.
import './tool-rail.css'
import {
  Clock,
  Command as CommandIcon,
  Crosshair,
  Lasso,
  Maximize,
  MousePointer2,
  Navigation,
  RotateCcw,
  SquareDashed,
  Tags,
} from 'lucide-react'
import { useContext } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { Toolbar } from '../../ui/toolbar.tsx'
import { useLatent, useLatentStore } from '../../use-latent.ts'
import { canRun } from '../palette/command.ts'
import { shortcutText } from '../palette/shortcut.ts'
import { cloudCommands } from './cloud-commands.ts'
import { SavedViewsMenu } from './saved-views-menu.tsx'
import { SceneContext } from './scene-context.ts'

const icons = {
  box: SquareDashed,
  lasso: Lasso,
  fit: Maximize,
  'go-to-selection': Crosshair,
  'reset-view': RotateCcw,
  motion: Navigation,
  'cluster-names': Tags,
  timeline: Clock,
} as const

export function ToolRail() {
  const tool = useLatent((state) => state.cloudTool)
  const motion = useLatent((state) => state.cloudMotion)
  const timelineShown = useLatent((state) => state.timelineShown)
  const namesShown = useLatent((state) => state.clusterNamesShown)
  const chooseTool = useLatent((state) => state.chooseTool)
  const showPalette = useLatent((state) => state.showPalette)
  return (
    <Toolbar name="Tools" direction="vertical" className="tool-rail cloud-plate">
      <IconButton
        icon={MousePointer2}
        name="Turn and pick"
        aria-pressed={tool === 'move'}
        onClick={() => chooseTool('move')}
      />
      <CommandButton id="box" pressed={tool === 'box'} />
      <CommandButton id="lasso" pressed={tool === 'lasso'} />
      <hr />
      <CommandButton id="fit" />
      <CommandButton id="go-to-selection" />
      <CommandButton id="reset-view" />
      <CommandButton id="motion" pressed={motion === 'fly'} />
      <hr />
      <CommandButton id="cluster-names" pressed={namesShown} />
      <CommandButton id="timeline" pressed={timelineShown} />
      <SavedViewsMenu />
      <IconButton
        icon={CommandIcon}
        name="All commands"
        hint="All commands (Ctrl+K)"
        onClick={() => showPalette(true)}
      />
    </Toolbar>
  )
}

interface CommandButtonProps {
  readonly id: keyof typeof icons
  readonly pressed?: boolean
}

/** A row of the command table as a button. */
function CommandButton({ id, pressed }: CommandButtonProps) {
  const store = useLatentStore()
  const mac = useLatent((state) => state.info?.platform === 'darwin')
  const { drawn } = useContext(SceneContext)
  const command = cloudCommands.find((row) => row.id === id)
  // Buttons follow the selection: whether they can be pressed depends on it.
  useLatent((state) => state.selection)
  if (command === undefined) return null
  const context = {
    state: store.getState(),
    scene: drawn?.scene ?? null,
    canvas: drawn?.canvas ?? null,
  }
  const keys = command.shortcut === undefined ? '' : ` (${shortcutText(command.shortcut, mac)})`
  return (
    <IconButton
      icon={icons[id]}
      name={command.name}
      hint={command.name + keys}
      disabled={!canRun(command, context)}
      {...(pressed !== undefined && { 'aria-pressed': pressed })}
      onClick={() => command.run({ ...context, state: store.getState() })}
    />
  )
}
