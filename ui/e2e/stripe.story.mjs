// Paying by card: on the payment page and back, in two windows at once, and nothing is had before it is paid.
import { test } from 'node:test';
import { Customer } from './money.mjs';
import { stage } from './stage.mjs';
import { stripe } from './stripe.mjs';

test('a plan and credits are bought on the payment page (BIL-034, BIL-045 … BIL-048)', async (story) => {
  const { settings, till } = await stripe(story);
  const scene = await stage(story, { catalogue: 'askusers', till: 'stripe', settings });
  till.tell(scene);
  const ann = await Customer.signUp(scene, 'Ann');
  const { page } = ann;
  /** Goes on to the page on which a plan is paid. */
  const toPay = async (window, { by, price }) => {
    await window.goto(`/w/${ann.person.workspace}/settings/plan`);
    await window.getByText(`Paid by the ${by}`).click();
    await window.getByRole('button', { name: 'Choose Enterprise' }).click();
    await window.getByRole('button', { name: 'Go on to payment' }).click();
    await window.getByRole('heading', { name: `Pay ${price} USD` }).waitFor();
  };

  await scene.chapter(
    'whoever goes back, or whose card is declined, has bought nothing (INV-33)',
    async () => {
      await toPay(page, { by: 'year', price: '990.00' });
      await ann.button('Pay with a card that is declined').click();
      await page.getByText('Your card was declined.').waitFor();
      await page.getByRole('link', { name: 'Back' }).click();
      await page.getByText('Nothing was charged.').waitFor();
      await ann.open('plan');
      await page.getByText('You are on Any other plan').waitFor();
    },
  );

  await scene.chapter('of two windows at once the later choice counts, and one is paid', async () => {
    const second = await scene.window(ann.person);
    await toPay(page, { by: 'year', price: '990.00' });
    await toPay(second, { by: 'month', price: '99.00' });
    await ann.button('Pay').click();
    await page.getByText('This Checkout Session is no longer active').waitFor();
    till.hold();
    await second.getByRole('button', { name: 'Pay', exact: true }).click();
    await second.getByText('Waiting for the payment').waitFor();
    await ann.open('plan');
    await page.getByText('You are on Any other plan').waitFor();
    await till.letGo();
    await second.getByText('$99.00 arrived, and you have what you bought.').waitFor();
    await page.getByText('You are on Enterprise').waitFor();
  });

  await scene.chapter(
    'the card is shown, and changed on the provider’s page (BIL-017, BIL-031)',
    async () => {
      await page.getByText(/^visa ending in 4242, good until/i).waitFor();
      await ann.button('Change the card and see receipts').click();
      await page.getByRole('heading', { name: 'Payment methods' }).waitFor();
      await page.getByRole('link', { name: 'Back' }).click();
      await page.getByText('You are on Enterprise').waitFor();
    },
  );

  await scene.chapter(
    'a pack of credits is paid and stands in the ledger (BIL-035, BIL-043, CRED-016)',
    async () => {
      await ann.open('credits');
      await ann.button('Buy credits…').click();
      await ann.dialog.getByRole('row', { name: 'Due now $49.90' }).waitFor();
      await ann.dialog.getByRole('button', { name: 'Go on to payment' }).click();
      await page.getByRole('heading', { name: 'Pay 49.90 USD' }).waitFor();
      await ann.button('Pay').click();
      await page.getByText('$49.90 arrived, and you have what you bought.').waitFor();
      await page.getByRole('main').getByRole('link', { name: 'Credits' }).click();
      await page.getByText('3,000 credits can be used').waitFor();
      await page.getByRole('row', { name: /Bought.*\+1,000/ }).waitFor();
    },
  );

  await scene.chapter('what is cancelled stays until the period ends, and can go on (E7)', async () => {
    await ann.open('plan');
    await ann.button('Cancel the plan…').click();
    await ann.dialog.getByText(/Nothing is due now/).waitFor();
    await ann.dialog.getByRole('button', { name: /^Cancel on/ }).click();
    await page.getByText(/^Enterprise stays until/).waitFor();
    await ann.button('Keep the plan').click();
    await ann.button('Cancel the plan…').waitFor();
  });
});
