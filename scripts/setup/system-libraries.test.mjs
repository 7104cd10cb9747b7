import { expect, it } from 'vitest'
import { debianPackages, librariesNotFound } from './system-libraries.mjs'

const LDD = `	linux-vdso.so.1 (0x00007ffd)
	libffmpeg.so => /opt/electron/libffmpeg.so (0x00007f)
	libgtk-3.so.0 => not found
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
	libnssutil3.so => not found
	libnss3.so => not found
	/lib64/ld-linux-x86-64.so.2 (0x00007f)
`

it('reads from ldd what the loader could not find', () => {
  expect(librariesNotFound(LDD)).toEqual(['libgtk-3.so.0', 'libnss3.so', 'libnssutil3.so'])
  expect(librariesNotFound('	statically linked\n')).toEqual([])
})

it('names the packages of Debian 12', async () => {
  const packages = await debianPackages(librariesNotFound(LDD), async () => false)
  expect(packages).toEqual(['libgtk-3-0', 'libnss3'])
})

it('takes the names of Debian 13 and Ubuntu 24.04 where they exist', async () => {
  const isNew = async (name) => name.endsWith('t64')
  const packages = await debianPackages(['libgtk-3.so.0', 'libasound.so.2', 'libgbm.so.1'], isNew)
  expect(packages).toEqual(['libasound2t64', 'libgbm1', 'libgtk-3-0t64'])
})

it('leaves out a library that no package is known for', async () => {
  expect(await debianPackages(['libnovel.so.9'], async () => true)).toEqual([])
})
