// The native menu.
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../preload/contract/events.ts'

export function installMenu(send: (command: MenuCommand) => void): void {
  const item = (label: string, command: MenuCommand, accelerator?: string) => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => send(command),
  })
  const mac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('Open folder…', 'open-folder', 'CmdOrCtrl+O'),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        // No accelerator: a text field keeps Ctrl+A for itself, and the grid listens for it.
        item('Select all photos', 'select-all'),
        item('Find', 'find', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Library', 'show-library', 'CmdOrCtrl+1'),
        item('Inspector', 'show-inspector', 'CmdOrCtrl+2'),
        item('Cloud', 'show-cloud', 'CmdOrCtrl+3'),
        item('Models', 'show-models', 'CmdOrCtrl+4'),
        item('Activity', 'show-activity', 'CmdOrCtrl+5'),
        { type: 'separator' },
        item('Larger thumbnails', 'zoom-in', 'CmdOrCtrl+='),
        item('Smaller thumbnails', 'zoom-out', 'CmdOrCtrl+-'),
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
