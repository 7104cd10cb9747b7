// Graphics devices as Electron tells of them, where the system has no files about them.
import { app } from 'electron'
import { z } from 'zod'
import type { GraphicsDevice } from '../../preload/contract/providers.ts'

const basicInfo = z.object({
  gpuDevice: z
    .array(
      z.object({
        active: z.boolean().optional(),
        vendorId: z.number(),
        deviceId: z.number(),
        driverVendor: z.string().optional(),
        driverVersion: z.string().optional(),
      }),
    )
    .default([]),
})
const vendors: Readonly<Record<number, string>> = {
  4318: 'NVIDIA',
  4098: 'AMD',
  32902: 'Intel',
  4203: 'Apple',
  5140: 'Microsoft',
}
/** Microsoft's Basic Render Driver computes on the CPU. */
const softwareVendor = 5140

async function devices(): Promise<z.infer<typeof basicInfo>['gpuDevice']> {
  const info = basicInfo.safeParse(await app.getGPUInfo('basic'))
  if (!info.success) return []
  return info.data.gpuDevice.toSorted(
    (a, b) => Number(b.active ?? false) - Number(a.active ?? false),
  )
}

export async function electronDevice(provider: string): Promise<GraphicsDevice | undefined> {
  if (provider === 'cpu') return undefined
  const [device] = await devices()
  if (device === undefined) return undefined
  const { vendorId, deviceId, driverVendor = '', driverVersion = '' } = device
  return {
    name: `${vendors[vendorId] ?? `vendor ${vendorId}`} 0x${deviceId.toString(16)}`,
    memoryBytes: null,
    driver: `${driverVendor} ${driverVersion}`.trim(),
    isSoftware: vendorId === softwareVendor,
  }
}

export const electronDriver = async (): Promise<string> =>
  (await devices())
    .map((d) => `${d.vendorId}:${d.deviceId} ${d.driverVendor ?? ''} ${d.driverVersion ?? ''}`)
    .join(', ')
