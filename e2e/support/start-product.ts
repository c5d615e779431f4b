import { startProduct } from './product.ts';

/** Starts the one product that the journeys share; its addresses travel in environment variables. */
export default async function setup(): Promise<() => Promise<void>> {
  const product = await startProduct();
  process.env['PRODUCT_URL'] = product.url;
  process.env['PRODUCT_PROFILE_URL'] = product.profileUrl;
  process.env['PRODUCT_S3_URL'] = product.s3Url;
  process.env['PRODUCT_SETUP_LINK'] = product.setupLink ?? '';
  return async () => {
    await product.stop();
    await product.remove();
  };
}
