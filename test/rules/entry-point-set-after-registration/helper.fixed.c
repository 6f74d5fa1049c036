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
        DriverObject->DriverUnload = HidUnload; // cleans up
        status = HidRegisterMinidriver(&registration);
        if (!NT_SUCCESS(status)) {
            break;
        }
    } while (FALSE);
    return status;
}
