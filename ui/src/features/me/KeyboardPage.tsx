export default function KeyboardPage() {
  return null;
}
