//- driver.c define=NDIS_MINIPORT_DRIVER=1 define=NDIS630_MINIPORT=1
#define NDIS60_MINIPORT 1
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

static NDIS_HANDLE DriverHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 0;
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}
