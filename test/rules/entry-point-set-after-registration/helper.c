//- driver.h
#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HidUnload;
DRIVER_ADD_DEVICE HidAddDevice;
DRIVER_DISPATCH HidDispatch;
DRIVER_DISPATCH HidPower;

NTSTATUS RegisterHid(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);

//- driver.c
#include "driver.h"

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG i;

    for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++) {
        DriverObject->MajorFunction[i] = HidDispatch;
    }
    DriverObject->DriverExtension->AddDevice = HidAddDevice;
    return RegisterHid(DriverObject, RegistryPath);
}

//- register.c
#include "driver.h"

NTSTATUS RegisterHid(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};
    NTSTATUS status;

    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    do {
        status = HidRegisterMinidriver(&registration);
        if (!NT_SUCCESS(status)) {
            break;
        }
        DriverObject->DriverUnload = HidUnload; // cleans up
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning entry-point-set-after-registration: 'DriverObject->DriverUnload' is set after 'HidRegisterMinidriver' and replaces the routine of the class driver
    } while (FALSE);
    return status;
}
