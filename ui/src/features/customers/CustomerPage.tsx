import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { customerShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { useTitle } from '@/app/useTitle';
import css from './CustomerPage.module.css';
import { CustomerProfile } from './CustomerProfile';

export default function CustomerPage() {
  const { t } = useLingui();
  const { workspace, customer } = useParams({ from: '/w/$workspace/customers/$customer' });
  const { data } = useQuery(
    customerShowOptions({ path: { workspace_id: workspace, customer_id: customer } }),
  );
  useTitle(data?.display_name ?? t`Customer`);
  return (
    <main className={css.page}>
      <h1 className="visually-hidden">{data?.display_name ?? t`Customer`}</h1>
      <Link to={paths.customers(workspace)} className={css.back}>
        <ArrowLeft size={15} aria-hidden="true" />
        {t`Customers`}
      </Link>
      <div className={css.card}>
        <CustomerProfile id={customer} />
      </div>
    </main>
  );
}
