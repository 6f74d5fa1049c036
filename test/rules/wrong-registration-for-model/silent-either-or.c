#include <ndis.h>
#include <dot11wdi.h>

static NDIS_HANDLE DriverHandle;
static BOOLEAN UsesWdi;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_MINIPORT_DRIVER_WDI_CHARACTERISTICS wdi;

    FillCharacteristics(&chars);
    chars.UnloadHandler = MPUnload;
    UsesWdi = RtlIsNtDdiVersionAvailable(NTDDI_WIN10);
    if (UsesWdi) {
        FillWdiCharacteristics(&wdi);
        return NdisMRegisterWdiMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &wdi, &DriverHandle);
    } else {
        return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
    }
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (UsesWdi) {
        NdisMDeregisterWdiMiniportDriver(DriverHandle);
    } else {
        NdisMDeregisterMiniportDriver(DriverHandle);
    }
}
