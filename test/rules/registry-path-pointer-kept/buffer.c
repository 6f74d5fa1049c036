#include <ntddk.h>

static UNICODE_STRING KeyName;
static PWSTR KeyText;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeyName.Length = RegistryPath->Length;
    KeyName.MaximumLength = RegistryPath->MaximumLength;
    KeyName.Buffer = RegistryPath->Buffer;
//  ^^^^^^^^^^^^^^ warning registry-path-pointer-kept: 'KeyName.Buffer' keeps the buffer of the registry path, which is freed when 'DriverEntry' has returned
    KeyText = (PWSTR)RegistryPath->Buffer;
//  ^^^^^^^ warning registry-path-pointer-kept: 'KeyText' keeps the buffer of the registry path, which is freed when 'DriverEntry' has returned
    return STATUS_SUCCESS;
}
