// Where the named object lies on photos, marked by hand by looking at them: every 16th of a set of
// ImageNet photos, from two starts, leaving out those whose object fills most of the frame.

/** Left, top, right, bottom as shares of the centre square that the network sees. */
export type Box = readonly [left: number, top: number, right: number, bottom: number]

/** By file name, which starts with the WordNet id of the object. */
export const marks: Readonly<Record<string, Box>> = {
  'n01498041_stingray.JPEG': [0.27, 0.27, 1, 0.76],
  'n01675722_banded_gecko.JPEG': [0, 0.36, 0.75, 0.58],
  'n02012849_crane.JPEG': [0.36, 0, 0.6, 0.98],
  'n02097209_standard_schnauzer.JPEG': [0.14, 0.22, 0.76, 1],
  'n02105855_Shetland_sheepdog.JPEG': [0.2, 0.29, 0.63, 0.84],
  'n02281787_lycaenid.JPEG': [0.33, 0.28, 0.58, 0.54],
  'n02443114_polecat.JPEG': [0.3, 0.1, 1, 1],
  'n02526121_eel.JPEG': [0, 0.24, 1, 0.84],
  'n02790996_barbell.JPEG': [0.03, 0.22, 1, 0.52],
  'n02871525_bookshop.JPEG': [0, 0.24, 0.9, 0.82],
  'n02992211_cello.JPEG': [0.19, 0, 0.82, 0.88],
  'n03617480_kimono.JPEG': [0.15, 0.15, 0.87, 1],
  'n04254777_sock.JPEG': [0.19, 0.02, 0.82, 1],
  'n04482393_tricycle.JPEG': [0.27, 0.38, 1, 1],
  'n01614925_bald_eagle.JPEG': [0.13, 0.23, 0.74, 1],
  'n01729322_hognose_snake.JPEG': [0, 0.23, 0.96, 0.8],
  'n01807496_partridge.JPEG': [0, 0.12, 0.94, 0.87],
  'n01978287_Dungeness_crab.JPEG': [0.1, 0.19, 0.87, 0.79],
  'n02077923_sea_lion.JPEG': [0.1, 0.24, 1, 0.8],
  'n02101006_Gordon_setter.JPEG': [0.14, 0.12, 0.88, 1],
  'n02119789_kit_fox.JPEG': [0.11, 0, 0.81, 1],
  'n02219486_ant.JPEG': [0.02, 0.43, 0.52, 0.75],
  'n02488291_langur.JPEG': [0, 0.5, 0.38, 0.92],
  'n02948072_candle.JPEG': [0, 0.5, 0.4, 1],
}
