// Makes small zip archives for tests: stored entries with Unix modes.
// Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

/** @param {readonly { name: string, content: string, mode?: number }[]} entries */
export function makeZip(entries) {
  const locals = []
  const centrals = []
  let offset = 0
  for (const { name, content, mode = 0o100644 } of entries) {
    const nameBytes = Buffer.from(name)
    const body = Buffer.from(content)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt32LE(crc32(body), 10)
    shared.writeUInt32LE(body.length, 14)
    shared.writeUInt32LE(body.length, 18)
    shared.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, nameBytes, body])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    // "Made by Unix", so that the mode counts.
    centrals.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), shared, rest, nameBytes)
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

function crc32(bytes) {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
