export { Form, FormField, secretOf, textOf } from './Form';
export { PasswordField } from './PasswordField';
