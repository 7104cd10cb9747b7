// Commands that change how the Cloud is drawn, laid out and surrounded.
import { colourByNames } from '../../state/cloud-colour-by.ts'
import type { Command, CommandContext } from '../palette/command.ts'

const inCloud = ({ state }: CommandContext): boolean =>
  state.workspace === 'cloud' && state.cloudData !== null

const sizeStep = 1.25

export const lookCommands: readonly Command[] = [
  {
    id: 'search-cloud',
    name: 'Search in the Cloud',
    shortcut: '/',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.focusSearch(),
  },
  {
    id: 'lay-out-3d',
    name: 'Lay out in 3-D',
    shortcut: '3',
    heard: 'canvas',
    enabled: (context) => inCloud(context) && context.state.cloudStatus?.settings.dims === 2,
    run: ({ state }) => void state.layOutCloud({ dims: 3 }),
  },
  {
    id: 'lay-out-2d',
    name: 'Lay out in 2-D',
    shortcut: '2',
    heard: 'canvas',
    enabled: (context) => inCloud(context) && context.state.cloudStatus?.settings.dims === 3,
    run: ({ state }) => void state.layOutCloud({ dims: 2 }),
  },
  {
    id: 'stop-layout',
    name: 'Stop laying out',
    enabled: (context) => inCloud(context) && context.state.cloudStatus?.state === 'working',
    run: ({ state }) => void state.stopCloud(),
  },
  {
    id: 'lay-out-again',
    name: 'Lay out again',
    enabled: (context) => inCloud(context) && context.state.cloudStatus?.state !== 'working',
    run: ({ state }) => void state.layOutCloud({}),
  },
  {
    id: 'drawing',
    name: 'Draw as points or as photos',
    shortcut: 'P',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.chooseDrawing(state.cloudDrawing === 'points' ? 'photos' : 'points'),
  },
  {
    id: 'larger',
    name: 'Larger points',
    shortcut: ']',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.choosePointScale(state.cloudPointScale * sizeStep),
  },
  {
    id: 'smaller',
    name: 'Smaller points',
    shortcut: '[',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.choosePointScale(state.cloudPointScale / sizeStep),
  },
  {
    id: 'motion',
    name: 'Orbit around the photos or fly among them',
    shortcut: 'V',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.chooseMotion(state.cloudMotion === 'orbit' ? 'fly' : 'orbit'),
  },
  {
    id: 'timeline',
    name: 'Show or hide the timeline',
    shortcut: 'T',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.showTimeline(!state.timelineShown),
  },
  {
    id: 'cluster-names',
    name: 'Show or hide the names of clusters',
    shortcut: 'H',
    heard: 'canvas',
    enabled: inCloud,
    run: ({ state }) => state.showClusterNames(!state.clusterNamesShown),
  },
  {
    id: 'panel-photos',
    name: 'List the photos',
    enabled: inCloud,
    run: ({ state }) => state.showCloudPanel('photos'),
  },
  {
    id: 'panel-clusters',
    name: 'List the clusters',
    enabled: inCloud,
    run: ({ state }) => state.showCloudPanel('clusters'),
  },
  {
    id: 'panel-layout',
    name: 'Layout settings',
    enabled: inCloud,
    run: ({ state }) => state.showCloudPanel('layout'),
  },
  ...colourByNames.map(
    ([colourBy, name]): Command => ({
      id: `colour-${colourBy}`,
      name: `Colour by ${name.toLowerCase()}`,
      enabled: inCloud,
      run: ({ state }) => state.chooseColourBy(colourBy),
    }),
  ),
]
