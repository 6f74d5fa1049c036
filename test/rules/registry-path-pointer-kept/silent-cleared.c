#include <ntddk.h>

static PUNICODE_STRING CurrentPath;

NTSTATUS ReadSettings(void)
{
    return RtlCheckRegistryKey(RTL_REGISTRY_ABSOLUTE, CurrentPath->Buffer);
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    CurrentPath = RegistryPath;
    status = ReadSettings();
    CurrentPath = NULL;
    return status;
}
