#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNICODE_STRING path = *RegistryPath;
    PUNICODE_STRING pointer;

    UNREFERENCED_PARAMETER(DriverObject);
    pointer = RegistryPath;
    path.Buffer = pointer->Buffer;
    return RtlCheckRegistryKey(RTL_REGISTRY_ABSOLUTE, path.Buffer);
}
