import { client } from '@/api';

/** The address of an invoice as a page to print. */
export const invoiceDocument = (workspace_id: string, invoice_id: string) =>
  client.buildUrl({
    url: '/api/v1/workspaces/{workspace_id}/billing/invoices/{invoice_id}/document',
    path: { workspace_id, invoice_id },
  });
