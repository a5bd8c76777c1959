export { Form, FormActions, FormField, secretOf, textOf } from './Form';
export { useFieldText } from './fieldText';
export { PasswordField } from './PasswordField';
