//- driver.c
#include "version.h"

static NDIS_HANDLE WrapperHandle;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_CHARACTERISTICS chars;

    NdisMInitializeWrapper(&WrapperHandle, DriverObject, RegistryPath, NULL);
    FillCharacteristics(&chars);
    return NdisMRegisterMiniport(WrapperHandle, &chars, sizeof(chars));
}

//- version.h
#define NDIS_MINIPORT_DRIVER 1
#define NDIS51_MINIPORT 1
#include <ndis.h>
