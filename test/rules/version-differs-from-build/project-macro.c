//- driver.c define=NDIS_MINIPORT_DRIVER=1 define=NDIS630_MINIPORT=1
#include <ndis.h>
#include "version.h"

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

static NDIS_HANDLE DriverHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.MajorNdisVersion = MUX_MAJOR;
    chars.MinorNdisVersion = MUX_MINOR;
    //                       ^^^^^^^^^ hint version-differs-from-build: 'chars' registers for ndis 6.20, but the project is built for ndis 6.30
    chars.UnloadHandler = MPUnload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(DriverHandle);
}

//- version.h
#define MUX_MAJOR 6
#define MUX_MINOR 20
