#include <ndis.h>
#include <dot11wdi.h>

static NDIS_HANDLE DriverHandle;
static BOOLEAN IsWdi = TRUE;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD WlanUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_MINIPORT_DRIVER_WDI_CHARACTERISTICS wdi;

    FillCharacteristics(&chars);
    FillWdi(&wdi);
    chars.UnloadHandler = WlanUnload;
    return NdisMRegisterWdiMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &wdi, &DriverHandle);
}

static VOID WlanStop(NDIS_HANDLE Handle)
{
    NdisMDeregisterWdiMiniportDriver(Handle);
}

VOID WlanUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (IsWdi) {
        WlanStop(DriverHandle);
    } else {
        NdisMDeregisterMiniportDriver(DriverHandle);
    }
}
