// Places of the eye that were kept: go to one, keep the present one under a name, forget one.
import '../../ui/popover.css'
import './saved-views-menu.css'
import { Bookmark, Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { freeName } from './camera-commands.ts'
import { motionMs } from './glide.ts'
import { useScene } from './scene-context.ts'

export function SavedViewsMenu() {
  const views = useLatent((state) => state.savedViews)
  const saveView = useLatent((state) => state.saveView)
  const forgetView = useLatent((state) => state.forgetView)
  const scene = useScene()
  const menu = useRef<HTMLElement>(null)
  const [name, setName] = useState('')
  const suggested = freeName(views.map((view) => view.name))

  const keep = (): void => {
    if (scene === null) return
    saveView(name.trim() === '' ? suggested : name, scene.view())
    setName('')
  }
  return (
    <>
      <IconButton icon={Bookmark} name="Views" hint="Kept views" popoverTarget="saved-views" />
      <section
        ref={menu}
        id="saved-views"
        className="popover saved-views"
        popover="auto"
        aria-label="Kept views"
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            keep()
          }}
        >
          <input
            type="text"
            aria-label="Name of the view"
            placeholder={suggested}
            maxLength={100}
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button icon={Plus} look="plain" onClick={keep}>
            Keep this view
          </Button>
        </form>
        {views.length === 0 && <p>Views that you keep here bring the eye back to where it was.</p>}
        <ul>
          {views.map((view) => (
            <li key={view.name}>
              <Button
                title={view.name}
                onClick={() => {
                  menu.current?.hidePopover()
                  scene?.showView(view.view, motionMs())
                }}
              >
                <span className="one-line">{view.name}</span>
              </Button>
              <IconButton
                icon={X}
                name={`Forget ${view.name}`}
                onClick={() => forgetView(view.name)}
              />
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
