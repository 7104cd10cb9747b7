import { expect } from '@playwright/test'
import { test } from './launch.ts'

const slow = { timeout: 120_000 }

test('the panel says what runs and why, and one that cannot be used is not used', async ({
  start,
}) => {
  test.setTimeout(240_000)
  const { page } = await start()
  const status = page.getByTestId('engine-status')
  await expect(status).toHaveAttribute('data-state', 'ready', slow)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Execution providers…' }).click()
  const panel = page.getByRole('region', { name: 'Execution providers' }).last()
  const inUse = panel.getByRole('listitem').filter({ hasText: 'In use' })
  await expect(inUse).toHaveCount(1)
  await expect(panel.getByTestId('provider-cpu')).toContainText('one by one')

  await panel.getByLabel('Run on').selectOption('cpu')
  await expect(panel.getByRole('status')).toContainText('It was chosen in the settings.', slow)
  await expect(inUse).toContainText('CPU')
  await panel.getByRole('button', { name: 'Try again' }).click()
  await expect(status).not.toHaveAttribute('data-state', 'ready')
  await expect(status).toHaveAttribute('data-state', 'ready', slow)
})
